/** How conversations are named. */
@NullMarked
package im.magpie.codec.conversation;

import org.jspecify.annotations.NullMarked;
