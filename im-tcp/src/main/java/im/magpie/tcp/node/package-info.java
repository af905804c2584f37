/** One life of this node: how it begins, makes itself known, and ends without losing what is under way. */
@NullMarked
package im.magpie.tcp.node;

import org.jspecify.annotations.NullMarked;
