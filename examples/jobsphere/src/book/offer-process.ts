/** The life of an offer: the preset of `@holdfast/escrow`, which reproduces the seed's numbers. */
export { jobOffer as offerProcess } from '@holdfast/escrow';
