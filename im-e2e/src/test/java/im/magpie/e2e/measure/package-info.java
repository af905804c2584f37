@NullMarked
package im.magpie.e2e.measure;

import org.jspecify.annotations.NullMarked;
