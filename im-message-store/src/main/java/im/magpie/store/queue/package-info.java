/** The store queues: batches taken as they gather, written, reported and only then acknowledged. */
@NullMarked
package im.magpie.store.queue;

import org.jspecify.annotations.NullMarked;
