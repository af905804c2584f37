@NullMarked
package im.magpie.common.retention;

import org.jspecify.annotations.NullMarked;
