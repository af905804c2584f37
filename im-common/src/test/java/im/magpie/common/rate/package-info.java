@NullMarked
package im.magpie.common.rate;

import org.jspecify.annotations.NullMarked;
