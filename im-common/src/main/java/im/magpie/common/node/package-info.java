/** The gateway nodes: how they make themselves known and how they are found. */
@NullMarked
package im.magpie.common.node;

import org.jspecify.annotations.NullMarked;
