/**
 * Blocking work off the event loops: bounded virtual threads, batches that form by themselves, pauses between
 * repetitions.
 */
@NullMarked
package im.magpie.tcp.work;

import org.jspecify.annotations.NullMarked;
