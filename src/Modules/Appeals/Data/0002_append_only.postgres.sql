create trigger appeal_message_append_only before update or delete or truncate on appeal_message for each statement execute function refuse_change();
create trigger appeal_file_append_only before update or delete or truncate on appeal_file for each statement execute function refuse_change();
