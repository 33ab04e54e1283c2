import { field, form } from './dom.js';
import { signIn } from './session.js';

/** The form that signs in. */
export function showSignIn() {
  const parts = [
    field('Mail address', { name: 'email', type: 'email', autocomplete: 'username' }),
    field('Password', { name: 'password', type: 'password', autocomplete: 'current-password' }),
  ];
  const submit = async (given) => {
    await signIn({ email: given.get('email'), password: given.get('password') });
    location.hash = '#/schemes';
  };
  return { title: 'Sign in', nodes: [form('Sign in', parts, submit)] };
}
