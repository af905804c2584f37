@NullMarked
package im.magpie.common.tracing;

import org.jspecify.annotations.NullMarked;
