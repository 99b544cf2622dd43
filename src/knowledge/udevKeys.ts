/** A key of udev rules (udev(7)), as systemd 257 takes it. */
export interface UdevKey {
  readonly name: string;
  /** What may stand between key and value. */
  readonly operators: readonly string[];
  /** Taken with a complaint and read as `=`. */
  readonly readAsAssign: readonly string[];
  /** Whether `KEY{...}` needs its braces, may not have them, or may. */
  readonly attribute: 'none' | 'required' | 'optional';
  /** What stands in the braces; empty without them. */
  readonly attributeText: string;
  /** `$name`, `%k` and so on are replaced in its value when it is assigned. */
  readonly substitutes: boolean;
  /** The version of systemd that brought it; 0: always there. */
  readonly since: number;
  readonly meaning: string;
}

/** key|operators|read as =|braces|what is in them|substitutes|since|meaning; from udev(7) and udev-rules.c of systemd 257. */
const table = `
ACTION|== !=||none||no|0|What happened to the device: add, remove, change, move, online, offline, bind, unbind
DEVPATH|== !=||none||no|0|Path of the device below /sys: /devices/pci0000:00/.../net/eth0. The queues of a NIC lie below it
KERNEL|== !=||none||no|0|Name the kernel has for the device in this event. When an interface is added that is its name before udev renames it
KERNELS|== !=||none||no|0|Name of the device or of one it lies below: a PCI address, or the NIC of a queue
NAME|== != = :=|+=|none||yes|0|Name of a network interface. Matched: the name it will have, known once a rule has set it (80-net-setup-link.rules). Assigned: its new name, on add only
SYMLINK|== != = += -= :=||none||yes|0|Links to the device node below /dev, separated by blanks. Network interfaces have no node
SUBSYSTEM|== !=||none||no|0|Class of the device: net for an interface, queues for each of its queues
SUBSYSTEMS|== !=||none||no|0|Class of the device or of one it lies below: pci, usb, virtio
DRIVER|== !=||none||no|0|Driver bound to the device itself. A network interface has none: its driver is that of its parent (DRIVERS)
DRIVERS|== !=||none||no|0|Driver of the device or of one it lies below; the way to match a NIC by its driver
ATTR|== != =|+= :=|required|file below the device’s directory in /sys|yes|0|Matched: what a sysfs file of the device holds. Assigned: what is written to it
ATTRS|== !=||required|file below a directory in /sys|no|0|What a sysfs file of the device or of one it lies below holds; several must hold at the same one
SYSCTL|== != =|+= :=|required|kernel parameter: net/ipv4/tcp_retries2|yes|220|Matched: a kernel parameter’s value. Assigned: what is written to it
ENV|== != = +=|:=|required|property of the device|yes|0|A property of the device: those the kernel sends, those rules set and import. A name that begins with a dot is for the rules of this event only
CONST|== !=||required|arch, virt or cvm|no|244|A constant of the system: its architecture, its kind of virtual machine
TAG|== != = += -=|:=|none||yes|0|A tag of the device: systemd for one that units can wait for
TAGS|== !=||none||no|0|A tag of the device or of one it lies below
TEST|== !=||optional|octal mode that the file must have|yes|0|Whether a file is there
PROGRAM|== != = += :=||none||yes|0|Runs a program and matches when it succeeds; what it prints is RESULT. Short ones only
RESULT|== !=||none||no|0|What the last PROGRAM printed
IMPORT|== != = += :=||required|program, builtin, file, db, cmdline or parent|yes|0|Takes in properties: printed by a program or a builtin, from a file, the device’s record, the kernel’s command line, the parent
OWNER|= :=|+=|none||yes|0|Owner of the device node
GROUP|= :=|+=|none||yes|0|Group of the device node
MODE|= :=|+=|none||yes|0|Permissions of the device node, octal
SECLABEL|= +=|:=|required|security module: selinux, smack|yes|209|Security label of the device node
RUN|= += :=||optional|program or builtin|yes|0|A program that is run when all rules have been worked off: += adds it, = drops those added before. Short ones only, without network, killed when they stay
OPTIONS|= += :=||none||no|0|How udev treats the device and the rule
LABEL|=||none||no|0|A place to jump to
GOTO|=||none||no|0|Goes on at the next LABEL of this name below, in this file
`;

export const udevKeys: ReadonlyMap<string, UdevKey> = new Map(
  table
    .trim()
    .split('\n')
    .map((row): [string, UdevKey] => {
      const [name = '', operators = '', read = '', attribute, attributeText = '', substitutes, since, meaning = ''] =
        row.split('|');
      return [
        name,
        {
          name,
          operators: operators.split(' '),
          readAsAssign: read === '' ? [] : read.split(' '),
          attribute: attribute === 'required' || attribute === 'optional' ? attribute : 'none',
          attributeText,
          substitutes: substitutes === 'yes',
          since: Number(since),
          meaning,
        },
      ];
    }),
);

/** Operators in words (udev(7)). */
export const udevOperatorMeanings: Readonly<Record<string, string>> = {
  '==': 'is, or matches the pattern',
  '!=': 'is not; also where the device has no such thing',
  '=': 'set to this; of a list, to this alone',
  '+=': 'add to the list',
  '-=': 'take out of the list',
  ':=': 'set to this, and let no later rule change it',
};

/** A text that udev replaces in a value. */
export interface UdevSubstitution {
  /** `kernel` of `$kernel` */
  readonly name: string;
  /** `k` of `%k` */
  readonly letter: string;
  readonly argument: 'none' | 'required' | 'optional';
  readonly meaning: string;
}

const substitution = (
  name: string,
  letter: string,
  argument: UdevSubstitution['argument'],
  meaning: string,
): UdevSubstitution => ({ name, letter, argument, meaning });

/** In the order in which udev looks for them: the first whose name begins the text is taken. `$$` and `%%` are the characters. */
export const udevSubstitutions: readonly UdevSubstitution[] = [
  substitution('devnode', 'N', 'none', 'The device node, /dev/sda'),
  substitution('tempnode', 'N', 'none', 'An old name of $devnode'),
  substitution(
    'attr',
    's',
    'required',
    'What a sysfs file of the device holds, or of the parent that other keys matched',
  ),
  substitution('sysfs', 's', 'required', 'An old name of $attr'),
  substitution('env', 'E', 'required', 'A property of the device'),
  substitution(
    'kernel',
    'k',
    'none',
    'The name the kernel has for the device; of an interface that was renamed, the old one',
  ),
  substitution('number', 'n', 'none', 'The number at the end of the kernel’s name: 3 of rx-3'),
  substitution('driver', 'd', 'none', 'The driver of the parent that other keys matched'),
  substitution('devpath', 'p', 'none', 'The path of the device below /sys'),
  substitution('id', 'b', 'none', 'The name of the parent that KERNELS, SUBSYSTEMS, DRIVERS or ATTRS matched'),
  substitution('major', 'M', 'none', 'Major number of the device node'),
  substitution('minor', 'm', 'none', 'Minor number of the device node'),
  substitution('result', 'c', 'optional', 'What PROGRAM printed; {2} its second word, {2+} from there on'),
  substitution('parent', 'P', 'none', 'The device node of the parent'),
  substitution('name', 'D', 'none', 'The name of the device now: in RUN, the one an interface was renamed to'),
  substitution('links', 'L', 'none', 'The links to the device node'),
  substitution('root', 'r', 'none', '/dev'),
  substitution('sys', 'S', 'none', '/sys'),
];

/** What `RUN{builtin}` and `IMPORT{builtin}` may begin with, systemd 257. */
export const udevBuiltins: ReadonlyMap<string, string> = new Map([
  ['blkid', 'Type and label of a file system'],
  ['btrfs', 'Tells btrfs of a device'],
  ['hwdb', 'Looks the device up in the hardware database'],
  ['input_id', 'Kind of an input device'],
  ['keyboard', 'Maps keys of a keyboard'],
  ['kmod', 'Loads kernel modules: load MODULE'],
  ['net_driver', 'ID_NET_DRIVER of an interface'],
  ['net_id', 'Names an interface could have: ID_NET_NAME_PATH ...'],
  ['net_setup_link', 'Applies .link files to an interface'],
  ['path_id', 'ID_PATH: how the device is attached'],
  ['uaccess', 'Gives the user at the machine access to the node'],
  ['usb_id', 'Maker and model of a USB device'],
]);

/** Values of OPTIONS, with a `=` where one takes a value. */
export const udevOptions: ReadonlyMap<string, string> = new Map([
  ['link_priority=', 'Which device gets a link that several claim: the highest'],
  ['string_escape=none', 'Leave unsafe characters in names as they are'],
  ['string_escape=replace', 'Replace unsafe characters in names, in ENV as well'],
  ['static_node=', 'Give the permissions to a node that is there before its device'],
  ['watch', 'A change event when the node is closed after writing'],
  ['nowatch', 'No such events'],
  ['db_persist', 'Keep the device’s record when records are cleared'],
  ['log_level=', 'How much udev logs of this event: debug, info ... reset'],
  ['dump', 'Log what is known of the device (systemd 258)'],
]);

/** Options that udev once had. */
export const goneUdevOptions: ReadonlyMap<string, string> = new Map([
  ['last_rule', 'udev works off every rule since version 168: jump with GOTO'],
  ['ignore_device', 'gone since udev 147: there is no device that rules leave out'],
  ['ignore_remove', 'gone since udev 168: links and nodes go with the device'],
  ['all_partitions', 'gone since udev 168: the kernel makes the nodes'],
  ['event_timeout=', 'gone since systemd 216: the limit is set for udev as a whole (udev.conf, event_timeout=)'],
]);

/** What the kernel sends as ACTION (include/linux/kobject.h). */
export const udevActions = ['add', 'remove', 'change', 'move', 'online', 'offline', 'bind', 'unbind'] as const;
