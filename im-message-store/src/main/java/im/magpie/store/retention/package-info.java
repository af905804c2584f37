/** Deletes what has outlived its retention, in the background and a batch at a time. */
@NullMarked
package im.magpie.store.retention;

import org.jspecify.annotations.NullMarked;
