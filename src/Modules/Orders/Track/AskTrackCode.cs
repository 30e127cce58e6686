namespace HaoSuan.Orders;

/// <summary>
/// A consumer asks for a code (验证码) for his phone. Whether anybody has that phone, nobody learns: the answer, the work and the limits are the
/// same, only that nothing is sent where there is none.
/// </summary>
public sealed class AskTrackCode(Db db, Vault vault, Outbox outbox, TimeProvider time)
{
    public const int MinutesGood = 10;

    private const int MostInAnHour = 5;
    private const int MostInADay = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Returns the token of the page on which the code is typed.</summary>
    public Task<Result<string>> RunAsync(string? typed, CancellationToken cancel = default) => db.InTransaction<Result<string>>(async () =>
    {
        var phone = TypedText.Phone(typed);
        if (!FormRules.IsPhone(phone)) return new Refusal("orders.track_phone").On("Phone");
        var (now, hash) = (time.Now, await vault.HashAsync(SecretKind.Phone, phone, cancel));
        var (hourAgo, dayAgo) = (now - TimeSpan.FromHours(1), now - TimeSpan.FromDays(1));
        var asked = await db.TrackCodes.Where(c => c.PhoneHash == hash).Select(c => new { c.AskedAt, c.Slot }).ToListAsync(cancel);
        if (asked.Exists(c => c.AskedAt > now - Pause)) return new Refusal("orders.track_wait").On("Phone");
        if (asked.Count(c => c.AskedAt > hourAgo) >= MostInAnHour || asked.Count(c => c.AskedAt > dayAgo) >= MostInADay)
            return new Refusal("orders.track_too_many").On("Phone");
        var known = await vault.FindAsync(SecretKind.Phone, hash, cancel);
        var row = new TrackCodeRow
        {
            Token = OrderNumbers.Token(),
            PhoneHash = hash,
            Slot = asked.Select(c => c.Slot).DefaultIfEmpty().Max() + 1,
            PhoneId = known.Count > 0 ? known[0] : null,
            AskedAt = now,
            ExpiresAt = now + TimeSpan.FromMinutes(MinutesGood),
        };
        db.Add(row);
        outbox.Publish(new TrackCodeAsked(row.Token));
        // The same phone at the same time: one of both gets the code.
        await db.SaveOrRunAgainAsync(cancel);
        return row.Token;
    }, cancel);
}
