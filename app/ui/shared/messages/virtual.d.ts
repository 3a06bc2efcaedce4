declare module 'virtual:messages/en/*' {
  const messages: import('./sentence.ts').Catalogue;
  export default messages;
}
