/** Who takes part in a story: people and their devices. */
@NullMarked
package im.magpie.e2e.people;

import org.jspecify.annotations.NullMarked;
