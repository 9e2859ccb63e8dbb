/** The documents a traveller can choose; only the first can apply (R5). */
export const documentTypes = [
  'resident-id',
  'passport',
  'hong-kong-macao-permit',
  'taiwan-permit',
  'foreign-permanent-resident-id',
  'hong-kong-macao-taiwan-residence-permit',
] as const;

export type DocumentType = (typeof documentTypes)[number];

/** 中国居民身份证, the one document that can apply (R5). */
export const supportedDocument = 'resident-id' satisfies DocumentType;
