import type { Coordinates, PlaceFound } from '../../widget/protocol/messages/holder.ts';

/** A station with a police window that makes paper proofs (公安制证窗口). */
export interface Station {
  id: string;
  name: { zh: string; en: string };
  city: { id: string; zh: string; en: string };
  latitude: number;
  longitude: number;
  /** Where in the station, and when it is open. */
  window: { zh: string; en: string };
  hours: string;
}

export interface Places {
  /** The city of coordinates and the nearest paper windows; the coordinates are not kept. */
  find: (coordinates: Coordinates) => PlaceFound;
  has: (place: string) => boolean;
  cityOf: (place: string) => { zh: string; en: string };
}

const windowsShown = 3;

/**
 * Places from a list of stations: a city is that of the nearest station.
 *
 * @param mock whether the windows are made up, which every answer then says
 */
export function placesFrom(stations: readonly Station[], mock: boolean): Places {
  const cities = new Map(stations.map(({ city: { id, zh, en } }) => [id, { zh, en }]));
  return {
    find: (coordinates) => {
      const byDistance = stations
        .map((station) => ({ station, distanceMetres: metresBetween(coordinates, station) }))
        .sort((a, b) => a.distanceMetres - b.distanceMetres);
      const nearest = byDistance[0];
      if (!nearest) throw new Error('The list of stations is empty.');
      const { id, zh, en } = nearest.station.city;
      return {
        id,
        city: { zh, en },
        windows: byDistance.slice(0, windowsShown).map(({ station, distanceMetres }) => ({
          station: station.name,
          position: station.window,
          hours: station.hours,
          distanceMetres,
          mock,
        })),
      };
    },
    has: (place) => cities.has(place),
    cityOf: (place) => cities.get(place) ?? { zh: place, en: place },
  };
}

const earthRadiusMetres = 6_371_000;

/** Great-circle distance by the haversine formula, whole metres. */
function metresBetween(a: Coordinates, b: Coordinates): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const [latitudeA, latitudeB] = [radians(a.latitude), radians(b.latitude)];
  const haversine =
    Math.sin((latitudeB - latitudeA) / 2) ** 2 +
    Math.cos(latitudeA) *
      Math.cos(latitudeB) *
      Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return Math.round(2 * earthRadiusMetres * Math.asin(Math.sqrt(haversine)));
}
