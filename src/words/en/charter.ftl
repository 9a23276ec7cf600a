# The client's rules as the moderator reads them.

charter-title = Charter of { $client }, { $version }
charter-policies = Policies
charter-notices = Notices
charter-no-notices = No notice.
charter-no-charter = This client has no charter beyond the policies.
charter-grave = grave: asks once more
charter-sealed = seals the item
charter-ground = ground: { $ground }
charter-floor = at least level { $level }
charter-confirm = Enter: read
charter-contacts = Contacts
charter-hours = Hours
