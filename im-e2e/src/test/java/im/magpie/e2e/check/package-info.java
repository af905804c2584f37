@NullMarked
package im.magpie.e2e.check;

import org.jspecify.annotations.NullMarked;
