import { field, form } from './forms.js';
import { signIn } from './session.js';

/** The form that signs in. */
export function showSignIn() {
  const parts = [
    field('Mail address', {
      name: 'email',
      type: 'email',
      autocomplete: 'username',
      'data-wrong': 'Please write your mail address.',
    }),
    field('Password', {
      name: 'password',
      type: 'password',
      autocomplete: 'current-password',
      'data-wrong': 'Please write your password.',
    }),
  ];
  const submit = async (given) => {
    await signIn({ email: given.get('email'), password: given.get('password') });
    location.hash = '#/schemes';
  };
  return { title: 'Sign in', nodes: [form('Sign in', parts, submit)] };
}
