// GeoJSON through @placemarkio/check-geojson, and the rules of RFC 7946 that it passes over.

import { check as strict } from "@placemarkio/check-geojson";
import { names, same } from "./common.mjs";

export function check(set, fault) {
  const map = strict(set.text("timeline.geojson"));
  const placed = set.timeline.events.filter((event) => event.where.some((at) => at.lat !== null));
  same(fault, "features", map.features.map((one) => one.id), placed.map((one) => one.id));
  if ("crs" in map) fault("RFC 7946 has no crs");
  map.features.forEach((feature, at) => {
    const event = placed[at];
    const { type, coordinates } = feature.geometry;
    const points = type === "Point" ? [coordinates] : coordinates;
    same(fault, `type of ${feature.id}`, type, points.length > 1 ? "MultiPoint" : "Point");
    for (const [lon, lat] of points) {
      if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) fault(`${feature.id} lies at ${lon},${lat}`);
    }
    const where = event.where.filter((place) => place.lat !== null);
    same(fault, `places of ${feature.id}`, points, where.map((place) => [place.lon, place.lat]));
    same(fault, `title of ${feature.id}`, feature.properties.title, event.title);
    same(fault, `summary of ${feature.id}`, feature.properties.summary, event.summary);
    same(fault, `who of ${feature.id}`, feature.properties.who, names(event, "who"));
    same(fault, `where of ${feature.id}`, feature.properties.places, names(event, "where"));
    for (const bound of ["edtf", "earliest", "latest"]) {
      same(fault, `${bound} of ${feature.id}`, feature.properties[bound], event.when[bound]);
    }
  });
  return `${map.features.length} features pass check-geojson`;
}
