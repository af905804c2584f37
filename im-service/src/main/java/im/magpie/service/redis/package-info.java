/** Scripts in Redis: how they are found, sent and answered. Nothing here knows what they do. */
@NullMarked
package im.magpie.service.redis;

import org.jspecify.annotations.NullMarked;
