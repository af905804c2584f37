/** How a service starts, and ends where it can't. */
@NullMarked
package im.magpie.common.application;

import org.jspecify.annotations.NullMarked;
