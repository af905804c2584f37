@NullMarked
package im.magpie.service.export;

import org.jspecify.annotations.NullMarked;
