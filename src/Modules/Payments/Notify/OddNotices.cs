namespace HaoSuan.Payments;

/// <summary>Notices that are genuine and not about us.</summary>
public sealed class OddNotices(Db db, Outbox outbox, TimeProvider time)
{
    private const int LongestId = 64;

    /// <summary>
    /// A genuine notice that is not about us: another system uses the same merchant, or the merchant's console sends us those of another
    /// one. Kept once for a person to see, however often it comes.
    /// </summary>
    public Task KeepAsync(string channel, string noticeId, string number, string code, CancellationToken cancel) => db.InTransaction(async () =>
    {
        var id = noticeId.Length > LongestId ? noticeId[..LongestId] : noticeId;
        if (await db.OddNotices.AnyAsync(n => n.Channel == channel && n.NoticeId == id, cancel)) return;
        db.Add(new OddNoticeRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Channel = channel,
            NoticeId = id,
            Number = number,
            Code = code,
            At = time.Now,
        });
        outbox.Publish(new NoticeNotOurs(channel, number.Length > 0 ? number : id));
    }, cancel);
}
