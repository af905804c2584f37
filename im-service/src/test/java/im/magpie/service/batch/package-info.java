@NullMarked
package im.magpie.service.batch;

import org.jspecify.annotations.NullMarked;
