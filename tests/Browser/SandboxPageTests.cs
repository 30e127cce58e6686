namespace HaoSuan.Tests.Browser;

public sealed class SandboxPageTests(Chrome chrome)
{
    [Fact]
    public async Task The_desk_of_the_sandbox_fits_a_phone()
    {
        await using var sandbox = await SandboxHost.StartAsync(
            SandboxKeys.Generate(TimeProvider.System), TimeProvider.System, cancel: TestContext.Current.CancellationToken);
        await using var screen = await chrome.OpenAsync(Size.Phone, sandbox.Address);

        await screen.Open("/sandbox");

        await screen.Sees("还没有支付单。");
    }
}
