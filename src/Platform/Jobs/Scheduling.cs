using System.Globalization;
using DbUp.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;

namespace HaoSuan.Platform;

/// <summary>
/// When recurring jobs run: Quartz.NET, in memory on SQLite, which has one process; on PostgreSQL clustered, so that each run
/// is done by one of the workers.
/// </summary>
public static partial class Scheduling
{
    private const string TablePrefix = "qrtz_";
    private const string JobName = "name";

    /// <summary>Schedules every job that was added so far: call it after the modules.</summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services, string database)
    {
        var jobs = services.Select(s => s.ImplementationInstance).OfType<RecurringJob>().ToList();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(s => (s.InstanceName, s.GenerateInstanceId) = ("haosuan", true));
            if (new DatabaseAddress(database).Engine == Engine.Postgres) quartz.UsePersistentStore(store => Cluster(store, database));
            foreach (var job in jobs) Schedule(quartz, job);
        });
        return services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
    }

    /// <summary>Quartz brings the script of its tables; it creates what is missing and drops nothing.</summary>
    internal static SqlScript Tables()
    {
        const string resource = "Quartz.Impl.AdoJobStore.Schema.create_postgres.sql";
        using var reader = new StreamReader(typeof(IScheduler).Assembly.GetManifestResourceStream(resource)!);      // pinned with the package
        var text = reader.ReadToEnd()
            .Replace("{0}", TablePrefix, StringComparison.Ordinal).Replace("{1}", TablePrefix, StringComparison.Ordinal);
        return new($"quartz.{typeof(IScheduler).Assembly.GetName().Version!.ToString(3)}.sql", text, new SqlScriptOptions { RunGroupOrder = 0 });
    }

    private static void Cluster(IPersistentStoreBuilder store, string database)
    {
        store.UsePostgres(NpgsqlFactory.Instance, database);
        store.ConfigureStore(o => o.TablePrefix = TablePrefix);
        store.UseClustering();
    }

    private static void Schedule(IQuartzBuilder quartz, RecurringJob job) =>
        quartz.ScheduleJob<Run>(
            trigger => trigger.WithIdentity(job.Name)
                .WithCronSchedule(job.Cron, cron => cron.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)),
            detail => detail.WithIdentity(job.Name).UsingJobData(JobName, job.Name));

    /// <summary>One run of a job. A failure is told and that is all: the next run does what this one left.</summary>
    [DisallowConcurrentExecution]
    internal sealed partial class Run(JobRunner runner, IEnumerable<RecurringJob> jobs, Texts texts, ILogger<Run> logger) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            // During a rollout the cluster may know a job that this process does not have any more.
            if (jobs.FirstOrDefault(j => j.Name == context.JobDetail.JobDataMap.GetString(JobName)) is not { } job) return;
            try
            {
                await runner.RunAsync(job, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                if (Outage.Of(e) is { } outage) Stopped(logger, job.Name, texts.Of(outage, CultureInfo.GetCultureInfo("en")));
                else Failed(logger, e, job.Name);
            }
        }

        [LoggerMessage(LogLevel.Error, "The job {Job} failed")]
        private static partial void Failed(ILogger logger, Exception e, string job);

        [LoggerMessage(LogLevel.Error, "The job {Job} was stopped. {Why}")]
        private static partial void Stopped(ILogger logger, string job, string why);
    }
}
