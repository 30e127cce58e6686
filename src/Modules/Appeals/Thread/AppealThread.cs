namespace HaoSuan.Appeals;

/// <summary>
/// Writes on an appeal's thread. Every message is a step of the appeal's course: text, files, the new state, the audit line and the
/// event stand in one transaction, and the message's key makes it one message however often it is sent.
/// </summary>
public sealed class AppealThread(Db db, Files files, Outbox outbox, Audit audit, Actor actor, TimeProvider time)
{
    /// <param name="id">The appeal.</param>
    /// <param name="by">The distributor who writes, and finds its own appeals only; null for the office.</param>
    /// <param name="kind">What the message does.</param>
    /// <param name="message">The message.</param>
    /// <param name="step">What comes of the course; it may do more, in the same transaction.</param>
    /// <param name="cancel">Stops it.</param>
    internal Task<Result<Done>> WriteAsync(
        AppealId id, DistributorId? by, MessageKind kind, NewMessage message, Func<AppealRow, Task<Result<Course>>> step, CancellationToken cancel) =>
        OnceMore<Done>(async () =>
        {
            var mine = by is { } distributor ? db.Appeals.Where(a => a.DistributorId == distributor) : db.Appeals;
            var appeal = await mine.Where(a => a.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
            if (appeal is null) return new Refusal("appeals.unknown");
            if (await db.Messages.AnyAsync(m => m.AppealId == id && m.RequestKey == message.Key, cancel)) return default(Done);
            List<Refusal> faults = [.. MessageRules.Faults(message, mayBeSilent: kind == MessageKind.Withdrawn)];
            var stepped = await step(appeal);
            if (!stepped.TryGet(out var course, out var refusals)) faults.AddRange(refusals);
            if (faults.Count > 0) return faults;
            appeal.Take(course!);
            await AppendAsync(appeal, by is null, kind, message, cancel);
            return default(Done);
        }, cancel);

    /// <summary>Adds the message to an appeal that is locked, or new in this transaction.</summary>
    internal async Task AppendAsync(AppealRow appeal, bool byOffice, MessageKind kind, NewMessage message, CancellationToken cancel)
    {
        var number = ++appeal.MessageCount;
        db.Add(new MessageRow
        {
            AppealId = appeal.Id,
            Number = number,
            Kind = kind,
            ByOffice = byOffice,
            Author = actor.Name,
            At = time.Now,
            Text = message.Text.Trim(),
            RequestKey = message.Key,
        });
        audit.Record(ActionOf(kind), $"appeal:{appeal.Id.Value}", $"{appeal.Number} {message.Files.Count}");
        outbox.Publish(new AppealMoved(appeal.Id, appeal.Number, appeal.DistributorId, kind, appeal.State, byOffice, appeal.Due));
        // A file stands after its message, and after an equal one of the same message.
        await db.SaveChangesAsync(cancel);
        foreach (var content in message.Files) await KeepAsync(appeal, number, content, cancel);
    }

    /// <summary>Runs the work; where another transaction wrote the same key or file at the same time, again, for now it is seen.</summary>
    internal async Task<Result<T>> OnceMore<T>(Func<Task<Result<T>>> work, CancellationToken cancel)
    {
        try
        {
            return await db.InTransaction(work, cancel);
        }
        catch (Exception e) when (Transaction.IsDuplicate(e))
        {
            return await db.InTransaction(work, cancel);
        }
    }

    private async Task KeepAsync(AppealRow appeal, int message, byte[] content, CancellationToken cancel)
    {
        var mediaType = Evidence.MediaTypeOf(content)!;     // checked before
        var number = ++appeal.FileCount;
        var (file, _) = await files.KeepAsync($"{appeal.Number}-{number}.{Evidence.ExtensionOf(mediaType)}", mediaType, content, cancel);
        db.Add(new EvidenceRow
        {
            AppealId = appeal.Id,
            Number = number,
            MessageNumber = message,
            FileId = file,
            MediaType = mediaType,
            Bytes = content.Length,
        });
        await db.SaveChangesAsync(cancel);
    }

    private static string ActionOf(MessageKind kind) => kind switch
    {
        MessageKind.Opened => "appeal.opened",
        MessageKind.Said => "appeal.said",
        MessageKind.Asked => "appeal.asked",
        MessageKind.Upheld => "appeal.upheld",
        MessageKind.Rejected => "appeal.rejected",
        MessageKind.Withdrawn => "appeal.withdrawn",
        MessageKind.Reopened => "appeal.reopened",
    };
}
