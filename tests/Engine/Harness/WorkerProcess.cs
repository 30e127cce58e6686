using System.Diagnostics;
using System.Globalization;

namespace HaoSuan.Tests.Engine;

/// <summary>A process of its own (tests/Worker) that settles or pays out once, and can be killed while it does.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;

    /// <summary>One that settles.</summary>
    public WorkerProcess(TestDatabase database, int partSize) : this(database.App, partSize.ToString(CultureInfo.InvariantCulture)) { }

    private WorkerProcess(params string[] arguments) => _process = Process.Start(new ProcessStartInfo(
        Path.Combine(AppContext.BaseDirectory, "HaoSuan.Tests.Worker"), arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Lets it run as of this instant, as soon as it has started.</summary>
    public async Task GoAsync(Instant now)
    {
        Assert.Equal("ready", await HearAsync());
        await _process.StandardInput.WriteLineAsync(now.Microseconds.ToString(CultureInfo.InvariantCulture));
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>One that pays out what is due.</summary>
    public static WorkerProcess Paying(TestDatabase database) => new(database.App, "pay", Databases.MasterKeyForTests);

    /// <summary>Waits until it has sent a transfer and hears no answer. Returns under which number.</summary>
    public async Task<string> SentAsync() => (await HearAsync()).Split(' ') is ["sent", var number]
        ? number
        : throw new InvalidOperationException("It has sent nothing.");

    /// <summary>Waits until it has committed so many transactions; false when it was done before.</summary>
    public async Task<bool> CommitsAsync(int transactions)
    {
        for (; transactions > 0; transactions--)
        {
            if (await HearAsync() == "done") return false;
        }
        return true;
    }

    public Task DoneAsync() => CommitsAsync(int.MaxValue);

    /// <summary>SIGKILL: nothing of it is asked or told. False when it was done before.</summary>
    public async Task<bool> KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        return !(await _process.StandardOutput.ReadToEndAsync()).Contains("done", StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<string> HearAsync() => await _process.StandardOutput.ReadLineAsync()
        ?? throw new InvalidOperationException($"It ended by itself: {await _process.StandardError.ReadToEndAsync()}");
}
