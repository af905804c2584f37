/** How far each conversation partition's epochs have come through its store queue. */
@NullMarked
package im.magpie.store.barrier;

import org.jspecify.annotations.NullMarked;
