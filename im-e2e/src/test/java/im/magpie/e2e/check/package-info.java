/** Records what clients did and were told, and judges what the system made of it. */
@NullMarked
package im.magpie.e2e.check;

import org.jspecify.annotations.NullMarked;
