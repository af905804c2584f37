/** Which partition a conversation or a user belongs to. */
@NullMarked
package im.magpie.common.partition;

import org.jspecify.annotations.NullMarked;
