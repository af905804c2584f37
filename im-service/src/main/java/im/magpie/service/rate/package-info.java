/** How many messages a user and an app may send in a second. */
@NullMarked
package im.magpie.service.rate;

import org.jspecify.annotations.NullMarked;
