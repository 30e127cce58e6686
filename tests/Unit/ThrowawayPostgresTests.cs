using HaoSuan.Tests.Support;
using Npgsql;
using Xunit;

namespace HaoSuan.Tests.Unit;

public sealed class ThrowawayPostgresTests
{
    [Fact]
    public async Task Databases_are_independent_copies_of_the_migrated_template()
    {
        await using var cluster = await StartWithNotes();
        await using var one = await cluster.CreateDatabase();
        await using var two = await cluster.CreateDatabase();

        await Scalar(one.App, "INSERT INTO note VALUES (1, 'one') RETURNING text");

        Assert.Equal(1L, await Scalar(one.App, "SELECT count(*) FROM note"));
        Assert.Equal(0L, await Scalar(two.App, "SELECT count(*) FROM note"));
    }

    [Fact]
    public async Task Row_level_security_binds_the_application_role_and_not_the_owner()
    {
        await using var cluster = await StartWithNotes();
        await using var database = await cluster.CreateDatabase();
        await Scalar(database.App, "INSERT INTO note VALUES (1, 'mine') RETURNING text");
        await Scalar(database.Owner, "INSERT INTO note VALUES (2, 'of another tenant') RETURNING text");

        Assert.Equal(1L, await Scalar(database.App, "SELECT count(*) FROM note"));
        Assert.Equal(2L, await Scalar(database.Owner, "SELECT count(*) FROM note"));
    }

    [Fact]
    public async Task A_stopped_cluster_leaves_nothing_behind()
    {
        var cluster = await StartWithNotes();
        Assert.True(Directory.Exists(cluster.Folder));

        await cluster.DisposeAsync();

        Assert.False(Directory.Exists(cluster.Folder));
    }

    private static Task<ThrowawayPostgres> StartWithNotes() => ThrowawayPostgres.Start(async migration =>
    {
        await Scalar(migration, "CREATE TABLE note (tenant_id int, text text)");
        await Scalar(migration, "ALTER TABLE note ENABLE ROW LEVEL SECURITY");
        await Scalar(migration, "CREATE POLICY tenant ON note USING (tenant_id = 1)");
    });

    private static async Task<object?> Scalar(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
