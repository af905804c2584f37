@NullMarked
package im.magpie.common.readiness;

import org.jspecify.annotations.NullMarked;
