using System.CommandLine;
using HaoSuan.Cli;
using Xunit;

namespace HaoSuan.Tests.Unit.Settling;

public sealed class SettleCommandTests
{
    private static readonly string Cases = Path.Combine(AppContext.BaseDirectory, "cases");

    private static (int Exit, string Output, string Error) Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = HaoSuanCommand.Create().Parse(args).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (exit, output.ToString(), error.ToString());
    }

    [Fact]
    public void A_good_case_is_settled_on_standard_output()
    {
        var (exit, output, error) = Run("settle", Path.Combine(Cases, "01-first-top-up.json"));
        Assert.Equal(0, exit);
        Assert.StartsWith("{", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public void A_faulty_case_gives_one_line_for_each_fault_and_nothing_on_standard_output()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "faulty.json");
        File.WriteAllText(file, """{"format":"haosuan-case/1","currency":"CNY","schemes":[],"orders":[],"as_of":["soon"],"colour":1}""");
        var (exit, output, error) = Run("settle", file, "--lang", "en");
        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.Equal(
            """
            colour: unknown key
            as_of[0]: "soon" is not an instant with an offset, like 2026-03-01T10:00:00+08:00

            """, error);
    }

    [Fact]
    public void A_fault_is_told_in_Chinese_as_well()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "faulty-zh.json");
        File.WriteAllText(file, """{"format":"haosuan-case/1","currency":"CNY","schemes":[],"orders":[],"as_of":[],"colour":1}""");
        Assert.Equal("colour: 未知的键\n", Run("settle", file, "--lang", "zh").Error);
    }

    [Fact]
    public void With_explain_it_says_why_instead()
    {
        var (exit, output, error) = Run("settle", "--explain", "--lang", "zh", Path.Combine(Cases, "01-first-top-up.json"));
        Assert.Equal((0, ""), (exit, error));
        Assert.StartsWith("截至 2026-03-20T00:00:00+08:00\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there-is-no-such-file.json")]
    [InlineData(".")]
    public void A_file_that_cannot_be_read_is_one_clear_line(string file)
    {
        var (exit, output, error) = Run("settle", file, "--lang", "en");
        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.Contains("cannot be read", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
