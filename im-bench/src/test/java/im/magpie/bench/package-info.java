@NullMarked
package im.magpie.bench;

import org.jspecify.annotations.NullMarked;
