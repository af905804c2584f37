/** What changed for a user, by a growing version, and where the user's devices are connected. */
@NullMarked
package im.magpie.service.index;

import org.jspecify.annotations.NullMarked;
