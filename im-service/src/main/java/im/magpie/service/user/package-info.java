/** The users that business systems have imported. */
@NullMarked
package im.magpie.service.user;

import org.jspecify.annotations.NullMarked;
