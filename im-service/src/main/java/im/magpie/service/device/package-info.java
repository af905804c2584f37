/** What is known of users' devices beyond their connections: which there are, and which have been signed out. */
@NullMarked
package im.magpie.service.device;

import org.jspecify.annotations.NullMarked;
