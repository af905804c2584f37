/** The pictures of groups that have none of their own: mosaics of their members' avatars. */
@NullMarked
package im.magpie.service.avatar;

import org.jspecify.annotations.NullMarked;
