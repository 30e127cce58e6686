create trigger appeal_message_no_update before update on appeal_message begin select raise(abort, 'appeal_message is append-only'); end;
create trigger appeal_message_no_delete before delete on appeal_message begin select raise(abort, 'appeal_message is append-only'); end;
create trigger appeal_file_no_update before update on appeal_file begin select raise(abort, 'appeal_file is append-only'); end;
create trigger appeal_file_no_delete before delete on appeal_file begin select raise(abort, 'appeal_file is append-only'); end;
