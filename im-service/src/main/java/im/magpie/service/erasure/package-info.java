/** What becomes of users who are to be forgotten. */
@NullMarked
package im.magpie.service.erasure;

import org.jspecify.annotations.NullMarked;
