import * as v from 'valibot';
import { Text } from '../../../widget/protocol/messages/metadata.ts';
import { purposes, type Purpose } from '../../../widget/protocol/tickets.ts';

/** `GET /configuration.json` of the gate page's own origin. */
export const Configuration = v.object({
  /** Origin of the issuer. */
  issuer: v.string(),
  /** The gate's bearer credential. */
  credential: v.string(),
  /** The bearer credential of the people who look at codes here. */
  crewCredential: v.string(),
  /** Whether the issuer is a mock: it then knows stations and trains, and its clock is followed. */
  mock: v.boolean(),
});
export type Configuration = v.InferOutput<typeof Configuration>;

/** `GET /mock/stations` */
export const Stations = v.array(v.object({ id: v.string(), name: Text }));
export type Stations = v.InferOutput<typeof Stations>;

/** `GET /mock/trains`, stations by id. */
export const Trains = v.array(
  v.object({ train: v.string(), from: v.string(), to: v.string(), departsAt: v.number() }),
);
export type Trains = v.InferOutput<typeof Trains>;

/** Where this gate stands and what it is for; kept in the page's address, so a reload finds it. */
export interface Post {
  station: string;
  purpose: Purpose;
  lane: string;
  train: string | undefined;
  language: 'zh' | 'en';
  /** Whether a verdict is heard and felt too. */
  sound: boolean;
}

export function readPost(query: URLSearchParams): Post {
  const purpose = v.safeParse(v.picklist(purposes), query.get('purpose'));
  return {
    station: query.get('station') ?? '',
    purpose: purpose.success ? purpose.output : 'entry',
    lane: query.get('lane') ?? '1',
    train: query.get('train') ?? undefined,
    language: query.get('lang') === 'en' ? 'en' : 'zh',
    sound: query.get('sound') === 'on',
  };
}

export function writePost({
  station,
  purpose,
  lane,
  train,
  language,
  sound,
}: Post): URLSearchParams {
  const query = new URLSearchParams({ station, purpose, lane, lang: language });
  if (train) query.set('train', train);
  if (sound) query.set('sound', 'on');
  return query;
}
