@NullMarked
package im.magpie.common.node;

import org.jspecify.annotations.NullMarked;
