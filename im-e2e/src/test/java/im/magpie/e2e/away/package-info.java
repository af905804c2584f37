/** A device that was away for long: a program of its own, so that its memory can be measured and limited. */
@NullMarked
package im.magpie.e2e.away;

import org.jspecify.annotations.NullMarked;
