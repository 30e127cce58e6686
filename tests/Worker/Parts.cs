using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HaoSuan.Tests.Worker;

internal sealed class StoppedClock : TimeProvider
{
    public Instant Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
}

internal sealed class SayCommitted : DbTransactionInterceptor
{
    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Console.WriteLine("committed");
        return Task.CompletedTask;
    }
}
