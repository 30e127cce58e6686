namespace HaoSuan.Notifications;

/// <summary>Sends a mail. Where no server takes it, the outbox tries again later and later; after days it is given up, and a person has to look.</summary>
internal sealed class SendMail(Db db, Vault vault, IEnumerable<SmtpLine> lines, TimeProvider time) : IFollow<MailQueued>
{
    private const string NoLine = "no mail account";

    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    public async Task FollowAsync(MailQueued queued, CancellationToken cancel)
    {
        if (await db.Mails.AsNoTracking().FirstOrDefaultAsync(m => m.Id == queued.Id && m.State == MailState.Queued, cancel) is not { } mail) return;
        var fault = lines.FirstOrDefault() is { } line
            ? await line.SendAsync(db.CurrentTenant, await RevealAsync(mail, cancel), cancel)
            : new MailFault(false, NoLine);
        var (state, now) = (StateOf(fault, mail), time.Now);
        var (attempts, ended) = (mail.Attempts + 1, state == MailState.Queued ? (Instant?)null : now);
        // Who has been told meanwhile that it came back, or has replaced it, is right.
        await db.Mails.Where(m => m.Id == mail.Id && m.State == MailState.Queued).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, state).SetProperty(m => m.Attempts, attempts).SetProperty(m => m.Fault, fault != null ? fault.Why : null)
                .SetProperty(m => m.EndedAt, ended), cancel);
        if (state == MailState.Queued) throw new InvalidOperationException($"The mail was not taken: {fault!.Why}");        // it stays queued by a fault only
    }

    private MailState StateOf(MailFault? fault, MailRow mail) =>
        fault is null ? MailState.Sent
        : fault.IsFinal ? MailState.Refused
        : time.Now - mail.QueuedAt >= Patience ? MailState.GivenUp
        : MailState.Queued;

    private async Task<OutgoingMail> RevealAsync(MailRow mail, CancellationToken cancel)
    {
        List<(string, string, byte[])> files = [];
        foreach (var file in mail.ReadAttachments())
            files.Add((file.Name, file.MediaType, Convert.FromBase64String(await vault.RevealAsync(file.Content, $"send mail {mail.Id.Value}", cancel))));
        return new(mail.Id, await vault.RevealAsync(mail.ToId, $"send mail {mail.Id.Value}", cancel), mail.Subject, mail.Text, files);
    }
}
