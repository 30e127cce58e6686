namespace HaoSuan.Notifications;

/// <summary>Mail (电子邮件): queued with the transaction that it belongs to, sent after it, and known until it has arrived or somebody has dealt with it.</summary>
public sealed class Mails(Db db, Outbox outbox, TimeProvider time)
{
    private static readonly MailState[] Failed = [MailState.Refused, MailState.CameBack, MailState.GivenUp];

    /// <summary>Queues the mail with the running transaction.</summary>
    public async Task<MailId> QueueAsync(NewMail mail, CancellationToken cancel = default)
    {
        var row = new MailRow
        {
            Id = NewId.Of<MailId>(time),
            Kind = mail.Kind,
            ToId = mail.To,
            Subject = mail.Subject,
            Text = mail.Text,
            Attachments = MailRow.Write(mail.Attachments),
            QueuedAt = time.Now,
        };
        db.Add(row);
        outbox.Publish(new MailQueued(row.Id));
        if (mail.Replaces is { } replaced)
            await db.Mails.Where(m => m.Id == replaced).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Replaced), cancel);
        return row.Id;
    }

    public async Task<IReadOnlyDictionary<MailId, MailView>> OfAsync(IReadOnlyCollection<MailId> ids, CancellationToken cancel = default) =>
        (await db.Mails.AsNoTracking().Where(m => ids.Contains(m.Id)).ToListAsync(cancel)).ToDictionary(m => m.Id, m => m.ToView());

    /// <summary>What has not arrived and waits for a person, and what has been queued for longer than it should take.</summary>
    public async Task<IReadOnlyList<MailView>> TroubledAsync(string kind, TimeSpan patience, CancellationToken cancel = default)
    {
        var late = time.Now - patience;
        var rows = await db.Mails.AsNoTracking().Where(m => m.Kind == kind)
            .Where(m => Failed.Contains(m.State) || (m.State == MailState.Queued && m.QueuedAt <= late)).OrderBy(m => m.Id).ToListAsync(cancel);
        return rows.ConvertAll(m => m.ToView());
    }

    /// <summary>A mail that was taken has come back. False where that is known, or it is none of ours.</summary>
    /// <param name="id">The mail.</param>
    /// <param name="why">Numbers of the server, or who says so: no address.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<bool> CameBackAsync(MailId id, string why, CancellationToken cancel = default)
    {
        var now = (Instant?)time.Now;
        return await db.Mails.Where(m => m.Id == id && (m.State == MailState.Sent || m.State == MailState.Queued)).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, MailState.CameBack).SetProperty(m => m.Fault, why).SetProperty(m => m.EndedAt, now), cancel) > 0;
    }
}
