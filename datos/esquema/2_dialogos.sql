-- El diálogo como acontecimiento: qué se convocó, dónde, con quién y sobre qué.

create table dialogos (
    dialogo_id varchar primary key,
    nombre varchar not null,
    servicio varchar not null,
    region_id varchar not null references regiones (region_id),
    comuna_id varchar references comunas (comuna_id),
    lugar varchar,
    anio integer check (anio between 1990 and 2100),
    mes integer check (mes between 1 and 12),
    dia integer check (dia between 1 and 31),
    fecha_certeza varchar not null
    check (fecha_certeza in ('exacta', 'anio_inferido', 'parcial', 'no_consta')),
    fecha_razon varchar,
    documento_id varchar references documentos (documento_id),
    es_ficticio boolean not null
);
comment on table dialogos is 'Un diálogo regional.';
comment on column dialogos.dialogo_id is 'Clave del diálogo.';
comment on column dialogos.nombre is 'Nombre con que aparece en pantalla.';
comment on column dialogos.servicio is 'Servicio público que lo convocó.';
comment on column dialogos.region_id is 'Región donde se hizo.';
comment on column dialogos.comuna_id is 'Comuna donde se hizo; vacío si no consta.';
comment on column dialogos.lugar is 'Recinto; vacío si no consta.';
comment on column dialogos.anio is 'Año; vacío si no consta.';
comment on column dialogos.mes is 'Mes, de 1 a 12; vacío si no consta.';
comment on column dialogos.dia is 'Día del mes; vacío si no consta.';
comment on column dialogos.fecha_certeza is 'Uno de: exacta, anio_inferido, parcial, no_consta.';
comment on column dialogos.fecha_razon is 'Cómo se llegó a la fecha, si no es exacta.';
comment on column dialogos.documento_id is 'Documento del que se sabe el diálogo.';
comment on column dialogos.es_ficticio is 'true si es un ejemplo inventado para mostrar la herramienta.';

create table inconsistencias (
    inconsistencia_id varchar primary key,
    dialogo_id varchar not null references dialogos (dialogo_id),
    clase varchar not null
    check (clase in ('contradicción', 'omisión', 'variante', 'ambigüedad')),
    asunto varchar not null,
    descripcion varchar not null,
    secciones varchar not null,
    tratamiento varchar not null
);
comment on table inconsistencias is 'Lo que el documento de origen contradice, calla o deja ambiguo.';
comment on column inconsistencias.inconsistencia_id is 'Clave de la inconsistencia.';
comment on column inconsistencias.dialogo_id is 'Diálogo al que se refiere.';
comment on column inconsistencias.clase is 'Uno de: contradicción, omisión, variante, ambigüedad.';
comment on column inconsistencias.asunto is 'De qué trata, en pocas palabras.';
comment on column inconsistencias.descripcion is 'Qué dice el documento y dónde.';
comment on column inconsistencias.secciones is 'Secciones del documento donde se ve.';
comment on column inconsistencias.tratamiento is 'Qué se hizo con ello en esta base.';

create table datos_dialogo (
    dato_id varchar primary key,
    dialogo_id varchar not null references dialogos (dialogo_id),
    variable varchar not null,
    valor varchar not null,
    es_aproximado boolean not null,
    seccion varchar not null,
    inconsistencia_id varchar references inconsistencias (inconsistencia_id)
);
comment on table datos_dialogo is 'Cada dato que el documento da del diálogo, tantas veces como lo da.';
comment on column datos_dialogo.dato_id is 'Clave del dato.';
comment on column datos_dialogo.dialogo_id is 'Diálogo al que se refiere.';
comment on column datos_dialogo.variable is 'Qué se mide o se informa.';
comment on column datos_dialogo.valor is 'Valor que da esa mención, sin corregir.';
comment on column datos_dialogo.es_aproximado is 'true si el documento lo da como aproximado.';
comment on column datos_dialogo.seccion is 'Sección del documento donde está.';
comment on column datos_dialogo.inconsistencia_id is 'Inconsistencia de la que es parte, si la hay.';

create table autoridades (
    autoridad_id varchar primary key,
    dialogo_id varchar not null references dialogos (dialogo_id),
    cargo varchar not null,
    institucion varchar,
    participacion varchar not null,
    seccion varchar not null
);
comment on table autoridades is 'Cargos que asistieron o intervinieron. Nunca nombres de personas.';
comment on column autoridades.autoridad_id is 'Clave de la fila.';
comment on column autoridades.dialogo_id is 'Diálogo al que asistió.';
comment on column autoridades.cargo is 'Cargo.';
comment on column autoridades.institucion is 'Institución; vacío si no consta.';
comment on column autoridades.participacion is 'Qué consta que hizo.';
comment on column autoridades.seccion is 'Secciones del documento que lo dicen.';
