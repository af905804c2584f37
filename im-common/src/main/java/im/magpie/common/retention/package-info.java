/** For how long messages are kept. */
@NullMarked
package im.magpie.common.retention;

import org.jspecify.annotations.NullMarked;
