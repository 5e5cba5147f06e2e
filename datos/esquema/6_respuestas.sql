-- Lo que el servicio contesta, y el registro de toda escritura.

create table respuestas (
    respuesta_id varchar primary key,
    unidad varchar not null,
    resultado varchar not null
    check (resultado in ('aceptada', 'aceptada en parte', 'no acogida')),
    razon varchar,
    accion varchar,
    responsable varchar,
    vence date,
    estado varchar not null check (estado in ('pendiente', 'en curso', 'cerrada')),
    avance varchar,
    evidencia varchar,
    version integer not null check (version >= 1),
    check (resultado <> 'no acogida' or razon is not null)
);
comment on table respuestas is 'Respuesta del servicio a una o más recomendaciones.';
comment on column respuestas.respuesta_id is 'Clave de la respuesta.';
comment on column respuestas.unidad is 'Unidad que responde.';
comment on column respuestas.resultado is 'Uno de: aceptada, aceptada en parte, no acogida.';
comment on column respuestas.razon is 'Por qué; obligatoria si no se acoge.';
comment on column respuestas.accion is 'Qué se hará.';
comment on column respuestas.responsable is 'Cargo responsable. Nunca un nombre.';
comment on column respuestas.vence is 'Fecha comprometida.';
comment on column respuestas.estado is 'Uno de: pendiente, en curso, cerrada.';
comment on column respuestas.avance is 'Último avance informado.';
comment on column respuestas.evidencia is 'Dónde se comprueba.';
comment on column respuestas.version is 'Número de versión de la fila, desde 1.';

create table respuestas_enunciados (
    respuesta_id varchar not null references respuestas (respuesta_id),
    enunciado_id varchar not null references enunciados (enunciado_id),
    primary key (respuesta_id, enunciado_id)
);
comment on table respuestas_enunciados is 'Qué recomendaciones comparten una respuesta.';
comment on column respuestas_enunciados.respuesta_id is 'Respuesta.';
comment on column respuestas_enunciados.enunciado_id is 'Recomendación respondida.';

create sequence bitacora_orden;

create table bitacora (
    bitacora_id bigint primary key default nextval('bitacora_orden'),
    momento timestamp not null,
    quien varchar not null,
    accion varchar not null,
    tabla varchar not null,
    clave varchar not null,
    antes varchar,
    despues varchar
);
comment on table bitacora is 'Toda escritura: cuándo, quién, qué, antes y después. Solo se agrega.';
comment on column bitacora.bitacora_id is 'Número correlativo.';
comment on column bitacora.momento is 'Momento de la escritura, en UTC.';
comment on column bitacora.quien is 'Seudónimo o cuenta.';
comment on column bitacora.accion is 'Qué se hizo.';
comment on column bitacora.tabla is 'Tabla afectada.';
comment on column bitacora.clave is 'Clave de la fila afectada.';
comment on column bitacora.antes is 'Valores anteriores, en JSON; vacío si la fila es nueva.';
comment on column bitacora.despues is 'Valores nuevos, en JSON; vacío si la fila se quitó.';
