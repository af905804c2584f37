package im.magpie.service.avatar;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whom a picture shows.
 *
 * @param avatar where his own is fetched; null for a pattern
 */
record Face(String id, @Nullable URI avatar) {}
