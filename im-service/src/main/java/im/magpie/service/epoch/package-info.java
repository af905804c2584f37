/**
 * The life of a partition's data in Redis. Redis may come back empty or older at any moment; every script compares its partition's epoch
 * inside itself, and whoever finds it gone opens the next one.
 */
@NullMarked
package im.magpie.service.epoch;

import org.jspecify.annotations.NullMarked;
