@NullMarked
package im.magpie.service.group;

import org.jspecify.annotations.NullMarked;
